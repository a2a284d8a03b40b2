package public

import "luoshi/id"

// original is the file of a plan as it was handed in, where it is public.
func (v visit) original() error {
	which, err := id.Of[id.Plan](v.r.PathValue("id"))
	if err != nil {
		return errMissing
	}
	a, err := v.desk.Original(v.r.Context(), which)
	if err != nil {
		return err
	}
	ending := a.Format
	if ending == "" {
		ending = "txt"
	}
	// Only to be kept, never shown: it is not ours and may hold anything.
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+which.String()+"."+ending+`"`)
	return v.send("application/octet-stream", a.Content)
}
