"""A workspace: begun, looked over, counted."""
