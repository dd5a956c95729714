"""Signatures: keys, certificates, time stamps."""

from __future__ import annotations

from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "signing-settings",
        "It is not said well how to sign",
        "A signature needs a key; one of level B-T or B-LTA needs the address of a time-stamping "
        "authority as well. A secret never stands in a settings file or on a command line, where "
        "others could read it.",
        "Say it in the organization's file, under `archive: signing:`, or with options.",
        "archive:\n  signing:\n    key: ~/keys/letters.p12\n    level: B-T\n"
        "    timestamps: https://timestamps.example/tsa",
    ),
    Rule(
        "signing-key-unreadable",
        "The key cannot be read",
        "Letters are signed with a PKCS#12 file (.p12, .pfx) that holds a private key, its "
        "certificate, and the certificates that lead to its authority.",
        "Name the right file, or have the key exported again as PKCS#12.",
    ),
    Rule(
        "signing-passphrase",
        "The passphrase does not open the key",
        "The key file is encrypted, and the passphrase that was given is another one; or none was "
        "given and there is nobody to ask.",
        "Type it when asked, put it into `REPORTGEN_SIGNING_PASSPHRASE`, or name a file that holds "
        "it in `REPORTGEN_SIGNING_PASSPHRASE_FILE`.",
    ),
    Rule(
        "signing-key-mismatch",
        "The key and its certificate do not belong together",
        "What is signed with a key can be checked only with the certificate of the same key.",
        "Export the key again, together with its own certificate.",
    ),
    Rule(
        "signing-certificate",
        "The certificate may not sign today",
        "It has expired, is not valid yet, or was issued for something else. Readers would be told "
        "that the signature is invalid.",
        "Ask whoever issued it for another one; and see that the machine's clock is right.",
    ),
    Rule(
        "signing-token",
        "The token cannot be used",
        "A key on a token or a smart card is reached through the library of its maker (PKCS#11). "
        "It is not there, does not know the key, or refused the PIN.",
        "Name the library in `REPORTGEN_PKCS11_MODULE` and the key as "
        "`pkcs11:token=Letters;object=seal`; see that the token is plugged in.",
    ),
    Rule(
        "signing-revocation",
        "It cannot be shown that the certificates are good",
        "A signature of level B-LTA holds everything that proves it years later: the certificates "
        "up to a trusted authority, and that none of them was revoked. Something is missing, out "
        "of date, or says that one was revoked.",
        "Put the authorities' certificates (.pem) and their newest lists of revoked ones (.crl, "
        ".ocsp) into `templates/organization/trusted/`; or sign as B-T.",
    ),
    Rule(
        "signing-failed",
        "It cannot be signed",
        "The file cannot be signed, or what came out did not stand up when it was examined. "
        "Nothing was sealed: unsigned is not what was asked for.",
        "Look at what the message says of the file or the key.",
    ),
    Rule(
        "time-stamp-unavailable",
        "The time-stamping authority does not answer",
        "Its address is wrong, it is down or too slow, or the network does not let it be reached. "
        "Nothing was sealed.",
        "Try again, ask another authority, or sign as B-B, without a time stamp.",
    ),
    Rule(
        "time-stamp-wrong",
        "The time-stamping authority cannot be relied on",
        "Its answer was refused, or is over another digest, repeats another number, is signed "
        "badly or not at all, or says a time far from the machine's (RFC 3161, 2.4.2). Nothing was "
        "sealed.",
        "Look at the machine's clock, then try again or ask another authority.",
    ),
    Rule(
        "trusted-unreadable",
        "A file of those who are trusted cannot be read",
        "`templates/organization/trusted/` holds certificates (.pem), lists of revoked ones (.crl) "
        "and answers on single ones (.ocsp). This file is something else.",
        "Put the file there again as its authority publishes it, or remove it.",
    ),
    Rule(
        "head-signed",
        "There is nothing new to sign",
        "The ledger's head was signed, and nothing has happened since but that.",
        "Sign again when something has: a record sealed, a receipt noted.",
    ),
)
