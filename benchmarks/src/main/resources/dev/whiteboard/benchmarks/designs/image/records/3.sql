-- A thumbnail is WANTED, READY, or NONE if none can be made. Its id is that of its file, and is known before there is a file.
alter table images add column if not exists thumbnail varchar(8) default 'WANTED' not null;
alter table images add column if not exists thumbnail_id bigint;
create index if not exists images_by_thumbnail on images (thumbnail, id);
create unique index if not exists images_by_thumbnail_id on images (thumbnail_id);

-- Tags twice: with commas between to be shown with the image, and one a row to be searched for.
alter table images add column if not exists tags varchar(310) default '' not null;

create table if not exists tags (
  image_id bigint not null references images (id) on delete cascade,
  tag varchar(30) not null,
  primary key (image_id, tag)
);

create index if not exists tags_by_tag on tags (tag, image_id);
