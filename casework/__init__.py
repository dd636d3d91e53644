"""The core of Sagsgang: cases, processes, tasks, deadlines. It knows neither Flask nor Celery."""
