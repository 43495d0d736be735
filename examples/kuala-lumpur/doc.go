// Package kualalumpur is four public feeds read as one city, two of which
// promise headways and no minutes. It holds no data; the files are read from
// the folder that QALA_DATA names.
package kualalumpur
