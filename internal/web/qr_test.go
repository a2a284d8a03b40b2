package web

import (
	"image"
	"image/color"
	"regexp"
	"strconv"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

var qrRun = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// picture paints the path of a code, so that what is drawn is what is read.
func picture(t *testing.T, q QR) image.Image {
	t.Helper()
	const scale = 4
	img := image.NewGray(image.Rect(0, 0, q.Side*scale, q.Side*scale))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for _, m := range qrRun.FindAllStringSubmatch(q.Path, -1) {
		var n [4]int
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1])
		}
		for x := n[0] * scale; x < (n[0]+n[2])*scale; x++ {
			for y := n[1] * scale; y < (n[1]+1)*scale; y++ {
				img.Set(x, y, color.Black)
			}
		}
	}
	return img
}

// Another program reads the address from what is drawn.
func TestQRIsRead(t *testing.T) {
	for _, address := range []string{"http://127.0.0.1:8080/plans/0AK2M5Q0000P1", "https://luoshi.anlan.example/plans/0AK2M5Q0000P1", "https://落实.example/"} {
		q, err := NewQR(address)
		if err != nil {
			t.Fatal(err)
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(picture(t, q))
		if err != nil {
			t.Fatal(err)
		}
		got, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
		if err != nil || got.GetText() != address {
			t.Errorf("%s is read as %v: %v", address, got, err)
		}
	}
	if _, err := NewQR(string(make([]byte, 4000))); err == nil {
		t.Error("an address that no code can hold")
	}
}
