CREATE TABLE added (text TEXT);
INSERT INTO nowhere VALUES (1);
