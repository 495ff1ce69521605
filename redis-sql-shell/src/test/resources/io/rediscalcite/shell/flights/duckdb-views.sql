-- The demo data as DuckDB sees it: the same tables, columns and types that discovery finds in Redis.
-- Replace ${dir} by the folder of the csv.gz files. Semicolons stand nowhere but at the end of a statement.

-- PostgreSQL's rules, which are also ours: NULLs last in ASC and first in DESC, 7 / 2 = 3.
SET default_null_order = 'nulls_last_on_asc_first_on_desc';
SET integer_division = true;
SET TimeZone = 'UTC';

-- DuckDB 1.4.1 may push a join's filter below a LIMIT and so give wrong rows, at random.
SET disabled_optimizers = 'join_filter_pushdown';

-- Hash flight:{id}, id is the row number in the file, from 1.
CREATE OR REPLACE TABLE flight AS
SELECT 'flight:' || id AS _key, *, CAST(NULL AS BIGINT) AS _ttl
FROM (SELECT row_number() OVER () AS id, * FROM read_csv('${dir}/flights.csv.gz',
  parallel = false, header = true, nullstr = '', columns = {
    'year': 'BIGINT', 'month': 'BIGINT', 'day': 'BIGINT', 'dep_time': 'BIGINT', 'sched_dep_time': 'BIGINT',
    'dep_delay': 'BIGINT', 'arr_time': 'BIGINT', 'sched_arr_time': 'BIGINT', 'arr_delay': 'BIGINT',
    'carrier': 'VARCHAR', 'flight': 'BIGINT', 'tailnum': 'VARCHAR', 'origin': 'VARCHAR', 'dest': 'VARCHAR',
    'air_time': 'BIGINT', 'distance': 'BIGINT', 'hour': 'BIGINT', 'minute': 'BIGINT', 'time_hour': 'TIMESTAMP'}));

-- String airline:{carrier}, the value is the name.
CREATE OR REPLACE TABLE airline AS
SELECT 'airline:' || carrier AS _key, carrier AS id, name AS value, CAST(NULL AS BIGINT) AS _ttl
FROM read_csv('${dir}/airlines.csv.gz', header = true, nullstr = '', columns = {
    'carrier': 'VARCHAR', 'name': 'VARCHAR'});

-- Hash airport:{faa}.
CREATE OR REPLACE TABLE airport AS
SELECT 'airport:' || faa AS _key, faa AS id, * EXCLUDE (faa), CAST(NULL AS BIGINT) AS _ttl
FROM read_csv('${dir}/airports.csv.gz', header = true, nullstr = '', columns = {
    'faa': 'VARCHAR', 'name': 'VARCHAR', 'lat': 'DOUBLE', 'lon': 'DOUBLE', 'alt': 'BIGINT', 'tz': 'BIGINT',
    'dst': 'VARCHAR', 'tzone': 'VARCHAR'});

-- Hash plane:{tailnum}.
CREATE OR REPLACE TABLE plane AS
SELECT 'plane:' || tailnum AS _key, tailnum AS id, * EXCLUDE (tailnum), CAST(NULL AS BIGINT) AS _ttl
FROM read_csv('${dir}/planes.csv.gz', header = true, nullstr = '', columns = {
    'tailnum': 'VARCHAR', 'year': 'BIGINT', 'type': 'VARCHAR', 'manufacturer': 'VARCHAR', 'model': 'VARCHAR',
    'engines': 'BIGINT', 'seats': 'BIGINT', 'speed': 'BIGINT', 'engine': 'VARCHAR'});

-- Hash weather:{id}, id is the row number in the file, from 1.
CREATE OR REPLACE TABLE weather AS
SELECT 'weather:' || id AS _key, *, CAST(NULL AS BIGINT) AS _ttl
FROM (SELECT row_number() OVER () AS id, * FROM read_csv('${dir}/weather.csv.gz',
  parallel = false, header = true, nullstr = '', columns = {
    'origin': 'VARCHAR', 'year': 'BIGINT', 'month': 'BIGINT', 'day': 'BIGINT', 'hour': 'BIGINT',
    'temp': 'DOUBLE', 'dewp': 'DOUBLE', 'humid': 'DOUBLE', 'wind_dir': 'BIGINT', 'wind_speed': 'DOUBLE',
    'wind_gust': 'DOUBLE', 'precip': 'DOUBLE', 'pressure': 'DOUBLE', 'visib': 'DOUBLE',
    'time_hour': 'TIMESTAMP'}));
