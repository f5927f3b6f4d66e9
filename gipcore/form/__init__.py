"""The statutory form, both editions, declared as data; reports and value states."""
