"""reportgen compiles incident case files into formal letters."""
