"""`python -m reportgen` is `reportgen`."""

from reportgen.cli.main import main

main()
