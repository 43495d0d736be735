// Package porto is a real city read from public files: two timetables, the
// census, and a match night that was measured. It holds no data; the files are
// read from the folder that QALA_DATA names.
package porto
