-- Times are milliseconds since 1970, so that every database sorts and groups them alike.
create table if not exists users (
  id bigint primary key,
  name varchar(40) not null unique,
  password varchar(200) not null,
  created_ms bigint not null
);

-- The token itself is not kept: who reads the database cannot sign in with it.
create table if not exists sessions (
  token_hash varchar(64) primary key,
  user_id bigint not null references users (id) on delete cascade,
  expires_ms bigint not null
);

create table if not exists images (
  id bigint primary key,
  user_id bigint not null references users (id),
  title varchar(100) not null,
  content_type varchar(40) not null,
  bytes bigint not null,
  digest varchar(64) not null,
  is_public boolean not null,
  state varchar(8) not null,
  created_ms bigint not null,
  unique (user_id, digest)
);

create index if not exists images_by_state on images (state, created_ms);

create table if not exists settings (
  name varchar(40) primary key,
  text varchar(20000) not null
);
