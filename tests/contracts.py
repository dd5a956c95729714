"""A contract for import-linter: a room is entered by its model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from grimp import ImportGraph


class EntranceContract(Contract):
    """Holds every import from one room of a package to another to the modules meant for it.

    A room is a direct child of the root package. New modules are private from their first day:
    the options name what is open, not what is closed.

    Options:
        entrances: Modules that may be imported from anywhere.
        open_rooms: Rooms all of whose modules may be imported from anywhere.
        privileged_rooms: Rooms that may import anything: where the others meet.
    """

    type_name = "entrance"

    entrances = fields.SetField(subfield=fields.ModuleExpressionField())
    open_rooms = fields.SetField(subfield=fields.ModuleField())
    privileged_rooms = fields.SetField(subfield=fields.ModuleField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001
        """Find the imports that go past the entrances."""
        (root,) = self.session_options["root_packages"]
        entrances = {
            module
            for expression in self.entrances  # type: ignore[attr-defined]
            for module in graph.find_matching_modules(str(expression))
        }
        open_rooms = {module.name for module in self.open_rooms}  # type: ignore[attr-defined]
        privileged = {module.name for module in self.privileged_rooms}  # type: ignore[attr-defined]
        trespasses = [
            (importer, imported)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if imported.startswith(f"{root}.")
            and _room(imported) != _room(importer)
            and _room(imported) not in open_rooms
            and _room(importer) not in privileged
            and imported not in entrances
        ]
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import, and say what to do about it."""
        for importer, imported in check.metadata["trespasses"]:
            output.print_error(f"{importer} imports {imported}", bold=False)
        output.new_line()
        output.print_error(
            "Take the model of the other room, or let reportgen.jobs bring both together.",
            bold=False,
        )


def _room(module: str) -> str:
    return ".".join(module.split(".")[:2])
