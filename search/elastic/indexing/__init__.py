"""Index synchronisation: outbox, worker, rebuild and comparison."""
