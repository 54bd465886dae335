"""Queries whose SQL is built once: for the few that run at every key and every page."""
