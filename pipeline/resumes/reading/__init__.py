"""Reads a resume from PDF, DOCX, Markdown, plain text, LaTeX, JSON Resume or RenderCV YAML."""

from pipeline.resumes.reading.reading import ResumeReading, parse_resume, read_resume, read_resume_bytes

__all__ = ["ResumeReading", "parse_resume", "read_resume", "read_resume_bytes"]
