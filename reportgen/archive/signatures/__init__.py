"""Signatures and time stamps: made with whose key, examined with whose trust."""
