-- While the table was small its plan was to read all of it, for each credential, and it was kept
-- while the table grew.
alter function broker_trim_sources(uuid[], int) set enable_seqscan = off;
