create table if not exists views (
  image_id bigint not null references images (id) on delete cascade,
  epoch_day bigint not null,
  views bigint not null,
  primary key (image_id, epoch_day)
);
