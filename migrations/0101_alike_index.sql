-- What published records are found by when somebody looks for the same vulnerability: an inverted index in pieces (engine/likeness/postings.h). A
-- segment holds the records of a range of ids and is replaced as a whole; everything here can be made again (cappvd alike).
CREATE TABLE alike_segment (
  segment   {int} PRIMARY KEY,
  documents {int} NOT NULL,
  version   {int} NOT NULL,
  built_at  {time} NOT NULL
) {keyed};
CREATE TABLE alike_posting (
  bucket   {int} NOT NULL,
  segment  {int} NOT NULL,
  postings {bytes} NOT NULL,
  PRIMARY KEY (bucket, segment)
) {keyed};
CREATE INDEX alike_posting_segment ON alike_posting (segment);

-- How far the documents of records have been followed: the id of the last one seen.
CREATE TABLE alike_follow (
  id     {int} PRIMARY KEY CHECK (id = 1),
  source {int} NOT NULL
) {keyed};
