"""The hours of what Django and the tasks keep."""

from foundation.periodic import command, daily, register

# Drafts of requests left unfinished.
register("config.sessions", command("clearsessions"), daily(2))
register("config.tasks", command("prune_db_task_results"), daily(2, 30))
