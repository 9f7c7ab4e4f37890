"""What the pages share: cached readings, messages, charts, progress."""
