-- Every item is JSON in body. The other columns are what is looked up by, taken from the body with
-- every write. Instants in columns are ISO-8601 with nine digits of a second, so that they sort.

-- schema: number of the last script that was run; process: how often the file was opened to write.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

-- next: only of enabled tasks.
CREATE TABLE task (
  name TEXT PRIMARY KEY,
  next TEXT,
  body TEXT NOT NULL
);
CREATE INDEX task_next ON task (next, name) WHERE next IS NOT NULL;

-- watch: only of open runs. ended: only of ended runs.
CREATE TABLE run (
  id    TEXT PRIMARY KEY,
  task  TEXT NOT NULL,
  state TEXT NOT NULL,
  at    TEXT NOT NULL,
  watch TEXT,
  ended TEXT,
  body  TEXT NOT NULL
);
CREATE INDEX run_watch ON run (watch, id) WHERE watch IS NOT NULL;
CREATE INDEX run_ended ON run (ended) WHERE ended IS NOT NULL;
CREATE INDEX run_at ON run (at DESC, id);
CREATE INDEX run_task ON run (task, at DESC, id);

-- process: who wrote it; the lease of an earlier process is over.
CREATE TABLE slice (
  run     TEXT NOT NULL,
  scope   TEXT NOT NULL,
  process INTEGER NOT NULL,
  body    TEXT NOT NULL,
  PRIMARY KEY (run, scope)
);

CREATE TABLE page (
  run    TEXT NOT NULL,
  scope  TEXT NOT NULL,
  number INTEGER NOT NULL,
  body   TEXT NOT NULL,
  PRIMARY KEY (run, scope, number)
);

-- open: 1 until all its executions are known to have ended. last: 1 if its group has no more.
CREATE TABLE batch (
  run      TEXT NOT NULL,
  grouping TEXT NOT NULL,
  number   INTEGER NOT NULL,
  open     INTEGER NOT NULL,
  last     INTEGER NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (run, grouping, number)
);
CREATE INDEX batch_open ON batch (run, grouping) WHERE open = 1;
CREATE INDEX batch_last ON batch (run, grouping) WHERE last = 1;

-- process: as in slice.
CREATE TABLE execution (
  id      TEXT PRIMARY KEY,
  run     TEXT NOT NULL,
  status  TEXT NOT NULL,
  process INTEGER NOT NULL,
  body    TEXT NOT NULL
);
CREATE INDEX execution_run ON execution (run);

CREATE TABLE gate (
  key  TEXT PRIMARY KEY,
  body TEXT NOT NULL
);

-- Who is queued at a gate, by age and place.
CREATE TABLE waiting (
  gate      TEXT NOT NULL,
  age       TEXT NOT NULL,
  place     INTEGER NOT NULL,
  execution TEXT NOT NULL,
  ticket    INTEGER NOT NULL,
  PRIMARY KEY (gate, age, place)
) WITHOUT ROWID;
