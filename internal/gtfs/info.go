package gtfs

// readInfo reads the one row of feed_info.txt.
func (r *reader) readInfo() error {
	f, err := r.open("feed_info.txt")
	if f == nil {
		return err
	}
	publisher, language, version := f.field("feed_publisher_name"), f.field("feed_lang"), f.field("feed_version")
	for rows := 0; f.Next(); rows++ {
		if rows > 0 {
			f.reject(codeDuplicateRow, publisher)
			continue
		}
		r.feed.Publisher, r.feed.Language, r.feed.Version = f.Keep(publisher.at), f.Keep(language.at), f.Keep(version.at)
	}
	return f.close()
}
