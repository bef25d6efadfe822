-- Bodies may be of form 2 from here on; those of form 1 stay, and are read as they are.

-- ends: only where the name of the window says so.
CREATE TABLE budget (
  window TEXT PRIMARY KEY,
  ends   TEXT,
  body   TEXT NOT NULL
);
CREATE INDEX budget_ends ON budget (ends) WHERE ends IS NOT NULL;
