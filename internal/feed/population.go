package feed

import (
	"io/fs"

	"github.com/qala-city/qala/internal/cityfile"
)

// readPopulation reads where people live, source by source.
func (d *desk) readPopulation(area cityfile.Area) error {
	var totals []cityfile.Total
	for _, from := range d.city.Population {
		d.tell(Progress{Stage: StagePlaces, File: from.Path.Name})
		if from.Spread != nil {
			data, err := d.read(from.Path)
			if err != nil {
				return err
			}
			totals = append(totals, from.ReadTotals(string(data), &d.log)...)
			continue
		}
		homes, err := d.readHomes(from, area)
		if err != nil {
			return err
		}
		d.homes = append(d.homes, homes...)
	}
	d.listed = len(d.homes)
	d.spreadTotals(totals)
	return nil
}

func (d *desk) readHomes(from cityfile.Population, area cityfile.Area) ([]cityfile.Home, error) {
	folder, name, err := d.locate(from.Path.Name)
	if err != nil {
		return nil, d.missing(from.Path, err)
	}
	info, err := fs.Stat(folder, name)
	if err == nil && info.IsDir() {
		err = errFolder
	}
	if err != nil {
		return nil, d.missing(from.Path, err)
	}
	data, err := open(folder, name)
	if err != nil {
		return nil, d.missing(from.Path, err)
	}
	defer data.close()
	return from.Read(d.ctx, data, data.size, area, &d.log)
}

// populationFile is the file to look into where nobody lives anywhere.
func (d *desk) populationFile() string {
	if len(d.city.Population) == 0 {
		return ""
	}
	return d.city.Population[0].Path.Name
}
