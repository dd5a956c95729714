"""Signing a final PDF: what it keeps, what it refuses, and that no secret comes out anywhere."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import page as page_validation
import pytest
from click.testing import CliRunner

from reportgen.archive.signatures.keys import KeyFile, TokenAddress, TokenKey
from reportgen.archive.signatures.signing import Level, sign
from reportgen.archive.signatures.trust import Trusted
from reportgen.cli.main import commands
from reportgen.jobs.archive import sealing
from reportgen.jobs.archive.dispatching import Sending
from reportgen.jobs.people import asking, keyring
from reportgen.jobs.people.keyring import Secrets, Wanted
from reportgen.letters.model import SignatureLevel, SigningSettings
from reportgen.problems.model import Refusal
from tests.archive.authority import PASSPHRASE, Authority, served
from tests.archive.conftest import NOW, SENT
from tests.archive.sealed import BY, clock
from tests.archive.signed import TODAY, at, signed, terms, trusted
from tests.jobs import house

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.workspace import Workspace
    from tests.verapdf.referee import Verdict

PROFILES = [
    (page_validation.ValidationProfile.PDF_A_2A, 150),
    (page_validation.ValidationProfile.PDF_UA_1, 100),
]
SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")


def refused(pdf: bytes, authority: Authority, key: KeyFile) -> Refusal:
    made = sign(pdf, terms(authority, key=key))
    assert isinstance(made, Refusal)
    assert PASSPHRASE not in f"{made} {key}"
    return made


# --- what a signature keeps ----------------------------------------------------------------------


@pytest.mark.parametrize("level", Level)
def test_a_signed_letter_is_the_unsigned_one_with_something_behind_it(
    authority: Authority, pdf: bytes, level: Level
) -> None:
    made = signed(pdf, terms(authority, level))
    assert made.content.startswith(pdf)
    assert made.report.level == level
    assert made.report.sound
    assert (made.unsigned.size, made.report.prefix) == (len(pdf), True)


@pytest.mark.parametrize("level", Level)
def test_a_signed_letter_still_keeps_to_both_standards(
    authority: Authority, pdf: bytes, level: Level
) -> None:
    content = signed(pdf, terms(authority, level)).content
    for profile, rules in PROFILES:
        report = page_validation.validate_pdf_bytes(content, profile=profile)
        failures = [each.rule_id for each in report.failures]
        # It wants the first signature to cover the later time stamp too, which none can.
        assert failures in ([], ["PDFA2A-SIGNATURE-BYTERANGE-001"] if level == "B-LTA" else [])
        assert report.rules.passed > rules - 5


@pytest.mark.slow
@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize(("profile", "rules"), [("2a", 140), ("ua1", 100)])
def test_vera_pdf_finds_nothing_in_a_signed_letter(
    authority: Authority,
    pdf: bytes,
    verapdf: Callable[[Path, str], Verdict],
    tmp_path: Path,
    *,
    level: Level,
    profile: str,
    rules: int,
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(signed(pdf, terms(authority, level)).content)
    verdict = verapdf(path, profile)
    assert verdict.failures == ()
    assert verdict.rules > rules


def test_a_signature_says_the_time_that_was_handed_in(authority: Authority, pdf: bytes) -> None:
    assert signed(pdf, terms(authority)).report.signed_at == TODAY


# --- keys that will not do -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"), [("expired", "signing-certificate"), ("unfit", "signing-certificate")]
)
def test_a_certificate_that_may_not_sign_is_refused(
    authority: Authority, pdf: bytes, name: str, code: str
) -> None:
    assert refused(pdf, authority, KeyFile(authority.p12(name), PASSPHRASE)).code == code


def test_a_wrong_passphrase_is_refused_without_repeating_it(
    authority: Authority, pdf: bytes
) -> None:
    refusal = refused(pdf, authority, KeyFile(authority.p12(), "open barley"))
    assert refusal.code == "signing-passphrase"
    assert "barley" not in str(refusal)


def test_what_is_no_key_file_is_refused(authority: Authority, pdf: bytes) -> None:
    for content in (b"", b"no key", authority.pem("signer"), authority.certificate("signer")):
        assert refused(pdf, authority, KeyFile(content)).code == "signing-key-unreadable"


def test_a_key_beside_another_certificate_is_refused(authority: Authority, pdf: bytes) -> None:
    key = KeyFile(authority.p12("signer", key_of="tsa"), PASSPHRASE)
    assert refused(pdf, authority, key).code == "signing-key-mismatch"


def test_a_key_file_without_passphrase_signs(authority: Authority, pdf: bytes) -> None:
    assert signed(pdf, terms(authority, key=KeyFile(authority.p12(passphrase=None)))).report.sound


def test_what_is_no_pdf_cannot_be_signed(authority: Authority) -> None:
    made = sign(b"no PDF", terms(authority))
    assert isinstance(made, Refusal)
    assert made.code == "signing-failed"


def test_a_revoked_certificate_cannot_sign_for_the_long_term(
    authority: Authority, pdf: bytes
) -> None:
    key = KeyFile(authority.p12("revoked"), PASSPHRASE)
    made = sign(pdf, terms(authority, Level.LONG_TERM, key))
    assert isinstance(made, Refusal)
    assert made.code == "signing-revocation"


def test_the_long_term_needs_lists_of_revoked_certificates(
    authority: Authority, pdf: bytes
) -> None:
    how = terms(authority, Level.LONG_TERM)
    for known in (Trusted(), trusted(authority, lists=False)):
        made = sign(pdf, type(how)(how.key, how.level, known, how.clock, how.ask))
        assert isinstance(made, Refusal)
        assert made.code == "signing-revocation"


# --- time stamps ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("imprint", "another digest"),
        ("nonce", "another number"),
        ("time", "minutes away"),
        ("refused", "no such account"),
        ("unsigned", "not signed"),
        ("noise", "cannot be read"),
        ("empty", "cannot be read"),
    ],
)
def test_an_authority_that_lies_is_not_believed(
    authority: Authority, pdf: bytes, how: str, said: str
) -> None:
    made = sign(
        pdf,
        terms(authority, Level.TIME, ask=lambda request: authority.lying(request, TODAY, how)),
    )
    assert isinstance(made, Refusal)
    assert made.code == "time-stamp-wrong"
    assert said in made.message


def test_a_time_stamp_is_asked_for_over_the_network(
    authority: Authority, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with served(lambda request: authority.stamped(request, TODAY)) as url:
        made = signed(pdf, terms(authority, Level.TIME, ask=asking.authority(url)))
    assert [each.authority for each in made.report.stamps] == ["Example Time, Example Corp."]


def test_an_authority_that_is_down_slow_or_broken_gives_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("no_proxy", "*")

    def slow(_: bytes) -> bytes:
        import time  # noqa: PLC0415 - only here

        time.sleep(1)
        return b""

    with (
        served(lambda _: 503) as broken,
        served(slow) as late,
        served(lambda _: b"x" * 10**6) as long,
    ):
        pass_on = served(lambda _: 302)
        with pass_on as moved:
            answers = [
                asking.authority(broken)(b""),
                asking.authority(late, patience=0.2)(b""),
                asking.authority(long)(b""),
                asking.authority(moved)(b""),
            ]
    answers += [asking.authority(broken)(b""), asking.authority("file:///etc/hostname")(b"")]
    said = [each.message for each in answers if isinstance(each, Refusal)]
    expected = ("503", "too long", "too long", "302", "refused", "no address")
    assert len(said) == len(expected)
    for message, part in zip(said, expected, strict=True):
        assert part in message


# --- where keys and secrets come from -------------------------------------------------------------


@pytest.fixture
def workspace(built: Workspace, authority: Authority) -> Workspace:
    (built.root / "seal.p12").write_bytes(authority.p12())
    folder = built.templates / keyring.TRUSTED
    folder.mkdir(parents=True)
    (folder / "root.pem").write_bytes(authority.certificate("root"))
    return built


def settings(**said: object) -> SigningSettings:
    return SigningSettings.model_validate({"key": "seal.p12", **said})


@pytest.mark.parametrize("way", ["variable", "file", "keyboard"])
def test_a_passphrase_comes_from_a_variable_a_file_or_the_keyboard(
    workspace: Workspace, tmp_path: Path, way: str
) -> None:
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n")
    secrets = {
        "variable": Secrets({keyring.PASSPHRASE: PASSPHRASE}),
        "file": Secrets({keyring.PASSPHRASE_FILE: str(file)}),
        "keyboard": Secrets({}, lambda _: PASSPHRASE),
    }[way]
    made, problems = keyring.terms(workspace, settings(), Wanted(), at(), secrets)
    assert problems == ()
    assert made is not None
    assert PASSPHRASE not in repr(made)
    assert PASSPHRASE not in repr(secrets).replace(repr(secrets.prompt), "")


def test_without_a_passphrase_and_without_a_keyboard_nothing_is_signed(
    workspace: Workspace,
) -> None:
    made, problems = keyring.terms(workspace, settings(), Wanted(), at(), Secrets({}))
    assert made is None
    assert [problem.code for problem in problems] == ["signing-passphrase"]


def test_nobody_signs_who_is_not_asked_to(workspace: Workspace) -> None:
    assert keyring.terms(workspace, None, Wanted(), at(), Secrets({})) == (None, ())


def test_a_level_with_time_stamps_needs_an_authority(workspace: Workspace) -> None:
    secrets = Secrets({keyring.PASSPHRASE: PASSPHRASE})
    said = settings(level=SignatureLevel.TIME)
    _, problems = keyring.terms(workspace, said, Wanted(), at(), secrets)
    assert [problem.code for problem in problems] == ["signing-settings"]


def test_an_authority_that_is_named_is_asked(workspace: Workspace) -> None:
    secrets = Secrets({keyring.PASSPHRASE: PASSPHRASE})
    said = settings(timestamps="https://timestamps.example/tsa")
    made, _ = keyring.terms(workspace, said, Wanted(), at(), secrets)
    assert made is not None
    assert made.level is Level.TIME


def test_a_file_of_the_trusted_that_is_none_is_told(workspace: Workspace) -> None:
    (workspace.templates / keyring.TRUSTED / "wrong.crl").write_bytes(b"no list")
    _, problems = keyring.trusted_here(workspace)
    assert [problem.code for problem in problems] == ["trusted-unreadable"]


def test_no_pin_stands_in_the_address_of_a_key() -> None:
    address = TokenAddress.read("pkcs11:token=Letters;object=seal?pin-value=1234")
    assert isinstance(address, Refusal)
    assert "1234" not in f"{address}"


def test_an_address_names_token_and_key() -> None:
    assert TokenAddress.read("pkcs11:token=My%20Letters;object=seal;id=%01%FF") == TokenAddress(
        "My Letters", None, "seal", b"\x01\xff"
    )
    for text in (
        "pkcs11:",
        "pkcs11:token=Letters",
        "pkcs11:nonsense",
        "pkcs11:colour=red;object=x",
    ):
        assert isinstance(TokenAddress.read(text), Refusal)


# --- a token -------------------------------------------------------------------------------------


@pytest.fixture
def token(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], TokenKey]:
    """A token of SoftHSM with the signer's key and certificate on it."""
    program = shutil.which("softhsm2-util")
    pkcs11 = pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed")
    if program is None or not SOFTHSM.exists():
        pytest.skip("SoftHSM is not here; Debian's softhsm2 has it")
    (tmp_path / "tokens").mkdir()
    config = tmp_path / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))
    made = "--init-token --free --label Letters --pin 1234 --so-pin 4321"
    subprocess.run([program, *made.split()], check=True, capture_output=True)  # noqa: S603
    pem = tmp_path / "key.pem"
    pem.write_bytes(authority.pem("signer"))
    put = f"--import {pem} --token Letters --label seal --id 01 --pin 1234"
    subprocess.run([program, *put.split()], check=True, capture_output=True)  # noqa: S603
    library = pkcs11.lib(str(SOFTHSM))
    library.reinitialize()
    with library.get_token(token_label="Letters").open(rw=True, user_pin="1234") as session:  # noqa: S106
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: "seal",
                pkcs11.Attribute.ID: b"\x01",
                pkcs11.Attribute.SUBJECT: b"",
                pkcs11.Attribute.VALUE: authority.certificate("signer"),
            }
        )
    return lambda name, pin: TokenKey(SOFTHSM, TokenAddress("Letters", object=name), pin)


def test_a_key_on_a_token_signs(
    authority: Authority, pdf: bytes, token: Callable[[str, str], TokenKey]
) -> None:
    made = signed(pdf, terms(authority, key=token("seal", "1234")))
    assert made.report.sound
    assert made.report.signer == "Ada Example, Example Corp."


@pytest.mark.parametrize(("name", "pin"), [("seal", "9999"), ("other", "1234")])
def test_a_token_with_another_pin_or_key_is_refused(
    authority: Authority, pdf: bytes, token: Callable[[str, str], TokenKey], name: str, pin: str
) -> None:
    made = sign(pdf, terms(authority, key=token(name, pin)))
    assert isinstance(made, Refusal)
    assert made.code == "signing-token"
    assert pin not in f"{made.message} {token(name, pin)}"


def test_a_library_that_is_none_is_refused(
    authority: Authority, pdf: bytes, tmp_path: Path
) -> None:
    pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed")
    (tmp_path / "none.so").write_bytes(b"no library")
    key = TokenKey(tmp_path / "none.so", TokenAddress(object="seal"), "1234")
    made = sign(pdf, terms(authority, key=key))
    assert isinstance(made, Refusal)
    assert made.code == "signing-token"


# --- sealing -------------------------------------------------------------------------------------


def test_what_is_sealed_is_signed_and_knows_its_unsigned_bytes(
    built: Workspace, authority: Authority
) -> None:
    how = terms(authority, moment=NOW)
    sending = Sending(SENT, "electronic mail", BY, sign=lambda content: sign(content, how))
    unsigned = (built.output / house.letter_of(built).parent.parent.name).rglob("final/letter.pdf")
    done = sealing.submit(built, house.letter_of(built), sending, clock(NOW))
    assert done.record is not None, done.problems
    assert done.bag is not None
    (sent,) = [each for each in done.record.sent if each.media_type == "application/pdf"]
    assert sent.unsigned is not None
    assert (done.bag / sent.path).read_bytes().startswith(next(unsigned).read_bytes())


def test_nothing_is_sealed_when_it_cannot_be_signed(built: Workspace, authority: Authority) -> None:
    how = terms(authority, key=KeyFile(authority.p12(), "open barley"), moment=NOW)
    sending = Sending(SENT, "electronic mail", BY, sign=lambda content: sign(content, how))
    done = sealing.submit(built, house.letter_of(built), sending, clock(NOW))
    assert done.record is None
    assert "signing-passphrase" in {problem.code for problem in done.problems}
    assert not built.archive.exists()


def test_submit_signs_and_no_secret_is_left_anywhere(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(keyring.PASSPHRASE, PASSPHRASE)
    monkeypatch.setenv("REPORTGEN_IDENTITY", BY)
    sent = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    name = str(house.letter_of(workspace))
    arguments = ["submit", name, "--via", "electronic mail", "--at", sent]
    done = CliRunner().invoke(commands, [*arguments, "--sign", str(workspace.root / "seal.p12")])
    assert done.exit_code == 0, done.output
    assert PASSPHRASE not in done.output
    files = [path for path in workspace.archive.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if PASSPHRASE.encode() in path.read_bytes()] == []
    verified = CliRunner().invoke(commands, ["verify", "--no-render", "-C", str(workspace.root)])
    assert verified.exit_code == 0, verified.output
    assert "Ada Example, Example Corp." in verified.output
