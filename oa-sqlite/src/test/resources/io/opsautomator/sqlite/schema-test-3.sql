-- A later version adds a table.
CREATE TABLE added (text TEXT);
INSERT INTO added VALUES ('one; two');
