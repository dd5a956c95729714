"""The charts that a letter can have, for print: the door to drawing, and so to matplotlib.

A chart is the drawing, its alternative text and its data table, all worded as the letter words
them; the same facts and fonts give the same bytes. Nothing is drawn that no fact says.
"""

# ruff: noqa: E402 - what is said while matplotlib is loaded has to be stopped before

from __future__ import annotations

import logging

# It speaks of the machine's fonts and settings, of which nothing is used here.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

from reportgen.statistics.activities import activity
from reportgen.statistics.bars import comparison
from reportgen.statistics.sheet import Typeface
from reportgen.statistics.timelines import timeline

__all__ = ["Typeface", "activity", "comparison", "timeline"]
