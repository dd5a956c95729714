"""The declaration that one file meets two standards: PDF/A-2a and PDF/UA-1.

WeasyPrint writes the identification of one of them. The other goes into the same `rdf:RDF`, since
readers ignore a second; and because `pdfuaid` is no schema that PDF/A knows, PDF/A demands that
it be described (ISO 19005-2, 6.6.2.3.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportgen.rendering.tagging import Pdf

_PDF_UA: Final = b"""<rdf:Description rdf:about="" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
_END: Final = b"</rdf:RDF>"


def declare_accessibility(pdf: Pdf) -> None:
    """Put the identification of PDF/UA-1 into the metadata of a PDF/A, before it is written.

    Raises:
        ValueError: When the metadata stream is not as WeasyPrint 70 writes it.
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    head, end, tail = b"".join(metadata.stream).partition(_END)
    if not end:
        raise ValueError("the PDF's metadata holds no RDF")
    metadata.stream = [head + _PDF_UA + end + tail]
    metadata.compress = False  # plain, for programs that look for it without reading PDF
