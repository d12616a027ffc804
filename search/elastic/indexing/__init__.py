"""The index kept in step with the offering: what is owed to it, its worker, rebuilding and comparing."""
