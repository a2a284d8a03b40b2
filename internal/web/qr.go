package web

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// QR is an address as a QR code, to be drawn as SVG. Its side is counted in
// modules, with the quiet zone round it.
type QR struct {
	Side int
	Path string // of its dark modules, each a unit wide
}

// quietZone is how many light modules stand round a code at least, ISO/IEC 18004.
const quietZone = 4

// NewQR draws an address with the medium correction of errors, so that a print that
// is creased or stained a little is still read.
func NewQR(address string) (QR, error) {
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return QR{}, fmt.Errorf("draw %d bytes as a QR code: %w", len(address), err)
	}
	side := code.Bounds().Dx()
	dark := func(x, y int) bool {
		r, _, _, _ := code.At(x, y).RGBA()
		return r == 0
	}
	var path strings.Builder
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for x < side && dark(x, y) {
				x++
			}
			if x > from { // a run of dark modules is one piece
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quietZone, y+quietZone, x-from, x-from)
			}
		}
	}
	return QR{side + 2*quietZone, path.String()}, nil
}

// SVG is the code as a file: dark on light, because readers of codes want it so.
func (q QR) SVG() []byte {
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><rect width="100%%" height="100%%" fill="#fff"/><path fill="#000" d="%s"/></svg>`,
		q.Side, q.Side, q.Path)
}
