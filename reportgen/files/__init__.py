"""Bytes in and out: bounded, confined, atomic."""
