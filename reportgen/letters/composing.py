"""A manuscript in, a draft out: the heart of the compiler.

The family's sections, or the letter's own in their place, are rendered with values of the cases,
read as Markdown, and set into the family's form; then every value becomes a bound piece with an
identity, and every sentence an assertion. Nothing here touches a file or the clock: charts are
drawn by whoever calls, who may keep them.
"""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

from reportgen.letters import prose
from reportgen.letters.arranging import arranged
from reportgen.letters.asking import section_of
from reportgen.letters.asserting import assertions, without_waivers
from reportgen.letters.binding import Binder
from reportgen.letters.correcting import corrections
from reportgen.letters.digesting import digest
from reportgen.letters.directory import salutation
from reportgen.letters.draft import Binding, Draft
from reportgen.letters.enclosing import enclosed
from reportgen.letters.functions import functions
from reportgen.letters.markup import Element, parse
from reportgen.letters.numbering import Numbering
from reportgen.letters.open_points import open_points
from reportgen.letters.registry import Registry
from reportgen.letters.requiring import missing, stated
from reportgen.letters.templating import Rendering
from reportgen.letters.values import CaseGroup, CaseView, Value
from reportgen.problems.model import Place, Problem, Refusal, Severity
from reportgen.problems.wording import suggestion
from reportgen.quantities.dates import long_form
from reportgen.statistics.inputs import inputs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.letters.citing import Cited
    from reportgen.letters.draft import Picture
    from reportgen.letters.functions import Draw
    from reportgen.letters.loading import Manuscript


def compose(manuscript: Manuscript, draw: Draw) -> tuple[Draft | None, tuple[Problem, ...]]:
    """Compose the letter.

    Args:
        manuscript: Everything that the letter is made of.
        draw: Draws a chart by its kind over inputs, or says why it cannot.

    Returns:
        The draft and its open points, as warnings, or None and all that is wrong.
    """
    return _Composer(manuscript, draw).compose()


class _Composer:
    """One letter being composed."""

    def __init__(self, manuscript: Manuscript, draw: Draw) -> None:
        self._manuscript = manuscript
        self._day = manuscript.letter.date.earliest
        self._views = tuple(
            CaseView(case, {each.address: each for each in inputs_of(case, self._day)}, self._known)
            for case in (manuscript.incident, *manuscript.compared)
        )
        self._pictures: list[Picture] = []
        self._sections, found = arranged(manuscript)
        self._problems = list(found)
        sources = {**manuscript.templates, **{f"{s.name}.md": s.source for s in self._sections}}
        self._registry = Registry({name: source.path for name, source in sources.items()})
        self._rendering = Rendering(sources, self._registry, self._accept)
        self._numbering = Numbering(self._registry)
        self._binder = Binder(self._registry, self._numbering.labels)
        self._asked = dict(self._questions())
        self._variables = self._seen_by_templates(draw)

    def compose(self) -> tuple[Draft | None, tuple[Problem, ...]]:
        """Compose, in the order of reading."""
        sections = [self._section(section) for section in self._sections]
        form = self._form()
        article = self._bound_form(form, [section for section in sections if section is not None])
        article = self._with_enclosures(article)
        problems = (
            *self._problems,
            *self._rendering.problems,
            *self._numbering.problems,
            *self._binder.problems,
            *open_points(self._manuscript, self._binder.unbound),
            *missing(self._manuscript, self._views[0]),
        )
        if any(problem.severity is Severity.ERROR for problem in problems):
            return None, problems
        draft = self._draft(article)
        return replace(draft, digest=digest(draft)), problems

    # --- what templates see -------------------------------------------------------------------

    def _seen_by_templates(self, draw: Draw) -> Mapping[str, object]:
        manuscript, letter = self._manuscript, self._manuscript.letter
        day = Value(
            Binding.FACT, "letter.date", long_form(letter.date), str(letter.date), (),
            date=letter.date,
        )  # fmt: skip
        return {
            "incident": self._views[0],
            "compared": CaseGroup(self._views[1:]),
            "cases": CaseGroup(self._views),
            "questions": tuple(self._asked.values()),
            "corrections": corrections(letter, self._views),
            "organization": manuscript.organization,
            "recipients": tuple(
                SimpleNamespace(
                    lines=each.lines,
                    name=each.tenure.name,
                    salutation=each.tenure.salutation,
                    committee=each.recipient.name,
                    short=each.recipient.short,
                )
                for each in manuscript.addressees
            ),
            "letter": SimpleNamespace(
                date=day,
                delivery=letter.delivery,
                subject=letter.subject,
                salutation=salutation(manuscript.addressees),
                document=manuscript.family.document,
                regime=letter.regime,
                stage=letter.stage,
                closing=letter.closing,
                signatory=letter.signatory,
                enclosures=tuple(entry.title for entry in letter.enclosures),
                copies=letter.copies,
            ),
            **functions(draw, self._citable, self._required),
        }

    def _required(self, name: str) -> object:
        """Return what the case states of what the family requires, or the question in brackets."""
        required = self._manuscript.family.requires
        if name not in required:
            message = f"the family requires no `{name}`"
            return Refusal("undefined-name", message, suggestion(name, required, "requirements"))
        case, regime = self._manuscript.incident, self._manuscript.letter.regime
        return stated(case, regime, self._views[0], name) or f"[{required[name].question}]"

    def _questions(self) -> Iterator[tuple[str, SimpleNamespace]]:
        """Yield the questions that the letter answers, each by the section of its answer."""
        asked, case = self._manuscript.questions, self._manuscript.incident.id
        for each in asked.asked if asked else ():
            cited = self._views[0].cited((asked.source,)) if asked else ()
            section = section_of(each.number)
            yield (
                section,
                SimpleNamespace(
                    number=Value(Binding.FACT, "letter.questions", each.number, each.number, ()),
                    words=Value(Binding.FACT, f"{case}.{section}", each.text, "", (), cited),
                ),
            )

    def _known(self, value: Value) -> bool:
        """Whether something was surely known when the letter was written."""
        early = value.date is None or value.date.latest <= self._day
        return early and any(self._citable(cited) for cited in value.sources)

    def _citable(self, cited: Cited) -> bool:
        """Whether a source is no younger than the letter, as far as its date is known."""
        published = cited.source.published
        return published is None or published.earliest <= self._day

    def _accept(self, value: Value) -> Refusal | None:
        """Refuse what rests on nothing that was known when the letter was written."""
        for fact in value.facts:
            sources = self._sources.get(fact, ())
            if sources and not any(self._citable(cited) for cited in sources):
                youngest = sources[0].source.published
                when = long_form(youngest) if youngest else "later"
                return Refusal(
                    "source-younger-than-letter",
                    f"`{fact}` rests on a source of {when}, and the letter bears the date "
                    f"{long_form(self._day)}",
                    "leave it out, or name an earlier source of the same fact in the case file",
                )
        return None

    @property
    def _sources(self) -> Mapping[str, tuple[Cited, ...]]:
        return {address: cited for view in self._views for address, cited in view.sources.items()}

    # --- the sections -------------------------------------------------------------------------

    def _section(self, section: prose.Section) -> Element | None:
        text = self._rendering.render(f"{section.name}.md", self._variables)
        if section.frame is not None:
            variables = {**self._variables, "question": self._asked[section.name]}
            text = f"{self._rendering.render(section.frame, variables)}\n\n{text}"
        blocks, refusals = prose.read(text)
        self._problems.extend(refusal.at(section.place) for refusal in refusals)
        if not blocks:
            return None
        numbered = self._numbering.number(blocks, section.place)
        return Element("section", (("id", section.name),), numbered)

    # --- the form -----------------------------------------------------------------------------

    def _form(self) -> Element:
        source = self._manuscript.templates["letter.html"]
        nodes, refusals = parse(self._rendering.render("letter.html", self._variables))
        self._problems.extend(refusal.at(Place(source.path)) for refusal in refusals)
        article = next(
            (node for node in nodes if isinstance(node, Element) and node.tag == "article"), None
        )
        rendered = not any(p.place.document == source.path for p in self._rendering.problems)
        if rendered and (article is None or sum(map(_is_body, article.walk())) != 1):
            self._problems.append(
                Problem(
                    "form-without-body",
                    'the form of a letter is one <article> with one <section class="body">',
                    Place(source.path),
                )
            )
        return article or Element("article")

    def _bound_form(self, node: Element, sections: list[Element]) -> Element:
        """Bind the form in the order of reading, the sections where it leaves them room."""
        if _is_body(node):
            return self._bound_body(sections)
        if not any(map(_is_body, node.walk())):
            return self._bound_part(node)
        children: list[Element | str] = []
        for child in node.children:
            if isinstance(child, Element):
                children.append(self._bound_form(child, sections))
            else:
                holder = Element("span", (), (child,))
                children.extend(self._binder.bind(holder, Place(""), scan=False).children)
        return Element(node.tag, node.attributes, tuple(children))

    def _bound_part(self, node: Element) -> Element:
        """Bind a part of the form; a number in the letter's subject stands in the letter's file."""
        unbound = self._binder.unbound
        known = len(unbound)
        bound = self._binder.bind(node, Place(""), scan=node.has_class("subject"))
        subject = Place(self._manuscript.path, ("subject",))
        unbound[known:] = [replace(each, place=subject) for each in unbound[known:]]
        return bound

    def _bound_body(self, sections: list[Element]) -> Element:
        """Bind the sections, those that have a heading numbered."""
        places = {section.name: section.place for section in self._sections}
        bound: list[Element] = []
        number = 0
        for section in sections:
            head, *rest = section.children
            if isinstance(head, Element) and head.tag == "h2" and self._manuscript.family.numbered:
                number += 1
                label = Element("span", (("class", "number"),), (f"{number}.",))
                head = replace(head, children=(label, " ", *head.children))
            numbered = replace(section, children=(head, *rest))
            place = places[section.get("id") or ""]
            bound.append(self._binder.bind(numbered, place, scan=True))
        return Element("section", (("class", "body"),), tuple(bound))

    def _with_enclosures(self, article: Element) -> Element:
        """Append the files that travel with the letter, each behind its cover sheet."""
        sections = []
        for enclosure in self._manuscript.enclosures:
            result = enclosed(enclosure)
            if isinstance(result, Refusal):
                route = ("enclosures", enclosure.number - 1, "file")
                self._problems.append(result.at(Place(self._manuscript.path, route)))
                continue
            sections.append(result.section)
            self._pictures.extend(result.pictures)
        return replace(article, children=(*article.children, *sections))

    # --- the draft ----------------------------------------------------------------------------

    def _draft(self, article: Element) -> Draft:
        manuscript, letter = self._manuscript, self._manuscript.letter
        recipients = dict.fromkeys(each.recipient.name for each in manuscript.addressees)
        document = manuscript.family.document
        to = f" to the {' and the '.join(recipients)}" if recipients else ""
        names = [each.lines[0] for each in manuscript.addressees]
        if manuscript.family.filed or not names:
            names = [letter.subject]
        charts = tuple(self._numbering.charts)
        bound = tuple(self._binder.bound)
        body = next(node for node in article.walk() if _is_body(node))
        places = {section.name: section.place for section in self._sections}
        sections = [
            (section, places[section.get("id") or ""])
            for section in body.children
            if isinstance(section, Element)
        ]
        return Draft(
            name=manuscript.name,
            family=letter.family,
            title=f"{document[:1].upper()}{document[1:]} of {manuscript.organization.short}{to}, "
            f"{long_form(letter.date)}",
            author=manuscript.organization.name,
            subject=letter.subject,
            date=self._day,
            language=letter.language,
            paper=str(letter.paper),
            marking=letter.marking,
            continuation=(*names, long_form(letter.date)),
            document=without_waivers(article),
            charts=charts,
            bound=bound,
            assertions=assertions(sections, bound, charts, self._sources, self._numbering.labels),
            unbound=tuple(self._binder.unbound),
            digest="",
            pictures=tuple(self._pictures),
        )


def _is_body(node: Element) -> bool:
    return node.tag == "section" and node.has_class("body")
