"""The Celery doors: wake-ups, sweeps and job handlers."""
