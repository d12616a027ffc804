"""The Elasticsearch engine: reading it (`engine`, behind `guard`) and keeping its index in step with the offering.

Only this room speaks Elasticsearch. What is owed to the index is a row of the database (`outbox`), paid by a worker
(`worker`); `rebuilding` makes a new index beside the one in force, `comparing` holds index and database together.
"""
