"""Reporting laws: what begins their clocks, when a report is due, and what it has to say."""
