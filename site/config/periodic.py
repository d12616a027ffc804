"""Periodic clean-up of sessions and task results."""

from foundation.periodic import command, daily, register

# Sessions hold drafts of unfinished requests.
register("config.sessions", command("clearsessions"), daily(2))
register("config.tasks", command("prune_db_task_results"), daily(2, 30))
