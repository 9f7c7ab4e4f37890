"""Public job boards, asked only when somebody says so: what would be sent, asking politely, keeping what was answered.

A board is one file in `boards/`; nothing else knows of it.
"""
