"""Incidents as their case files state them."""
