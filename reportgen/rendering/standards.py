"""What a PDF says of itself: that it meets PDF/A-2a and PDF/UA-1, and not what made it.

WeasyPrint writes the identification of one of them. The other goes into the same `rdf:RDF`, since
readers ignore a second; and because `pdfuaid` is no schema that PDF/A knows, PDF/A demands that
it be described (ISO 19005-2, 6.6.2.3.3). Who receives a letter need not know the house's tools; what
a letter was made with stands in the record of its building.
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
_PRODUCER: Final = b'<rdf:Description rdf:about="" pdf:Producer="%s" />'
_END: Final = b"</rdf:RDF>"


def declare(pdf: Pdf) -> None:
    """Put PDF/UA-1 into the metadata of a PDF/A and take its producer out, before it is written.

    Raises:
        ValueError: When the metadata are not as WeasyPrint 70 writes them.
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    producer = _PRODUCER % pdf.info.pop("Producer").string.encode()
    before, found, after = b"".join(metadata.stream).partition(producer)
    head, end, tail = (before + after).partition(_END)
    if not (found and end):
        raise ValueError("the PDF's metadata are not as expected")
    metadata.stream = [head + _PDF_UA + end + tail]
    metadata.compress = False  # plain, for programs that look for it without reading PDF
