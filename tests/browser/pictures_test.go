package browser_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// The pictures of docs/pictures are made anew where LUOSHI_PICTURES is 1.
func TestPictures(t *testing.T) {
	if os.Getenv("LUOSHI_PICTURES") != "1" {
		return // nothing to test: this makes something
	}
	c := serve(t)
	v := c.visit(t, mouse{})
	v.open("/")
	v.picture("../../docs/pictures/home.png", 0, 1100)
	v.follow(named("nav a", "方案"))
	v.picture("../../docs/pictures/plan.png", 0, 1100)
	at := eval[float64](v, "document.querySelector('.doc mark').closest('.clause').getBoundingClientRect().top + scrollY")
	v.picture("../../docs/pictures/promises.png", at-20, 700)
	document, err := os.ReadFile("../../internal/sample/plan.txt")
	if err != nil {
		t.Fatal(err)
	}
	v.signIn(clerk)
	v.imported(string(document))
	w := &walk{tab: v, script: true}
	w.step("review")
	w.key("j")
	w.key("1")
	w.until("document.body.innerText.includes('答了 1 问')")
	v.picture("../../docs/pictures/review.png", 0, 900)
}

const mostPictureBytes = 300_000

// picture saves a band of a page, or all of it where height is 0.
func (t *tab) picture(file string, top, height float64) {
	t.Helper()
	t.do(chromedp.Evaluate[chromedp.Void]("scrollTo(0, 0)"))
	size := eval[[]float64](t, "[innerWidth, document.documentElement.scrollHeight]")
	clip := &page.Viewport{Y: top, Width: size[0], Height: size[1], Scale: 1}
	if height > 0 {
		clip.Height = height
	}
	shot := call(t, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng, Clip: clip, CaptureBeyondViewport: new(true)}).Data
	if height > 0 {
		shot = smaller(t.T, shot)
		if len(shot) > mostPictureBytes {
			t.Errorf("%s has %d bytes, more than %d", file, len(shot), mostPictureBytes)
		}
	}
	t.saved(file, shot)
}

// saved writes a picture into its folder.
func (t *tab) saved(file string, shot []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, shot, 0o644); err != nil {
		t.Fatal(err)
	}
}

// smaller keeps the 256 commonest colours of a picture; pages have few.
func smaller(t *testing.T, shot []byte) []byte {
	t.Helper()
	full, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	frequency := map[color.Color]int{}
	for y := range full.Bounds().Dy() {
		for x := range full.Bounds().Dx() {
			frequency[full.At(x, y)]++
		}
	}
	commonest := slices.SortedFunc(maps.Keys(frequency), func(a, b color.Color) int { return frequency[b] - frequency[a] })
	few := image.NewPaletted(full.Bounds(), commonest[:min(256, len(commonest))])
	index := map[color.Color]uint8{}
	for c := range frequency {
		index[c] = uint8(few.Palette.Index(c))
	}
	for y := range full.Bounds().Dy() {
		for x := range full.Bounds().Dx() {
			few.SetColorIndex(x, y, index[full.At(x, y)])
		}
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, few); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Where LUOSHI_LOOK names a folder, every page is pictured into it, in every
// way that a reader may have it before them, to be looked at by a person.
func TestLook(t *testing.T) {
	folder := os.Getenv("LUOSHI_LOOK")
	if folder == "" {
		return // nothing to test: this makes something
	}
	c := serve(t)
	stranger, staff := c.visit(t, mouse{}), c.visit(t, mouse{})
	for v, leaves := range map[*tab][]leaf{stranger: publicLeaves(stranger), staff: officeLeaves(staff, c)} {
		for _, l := range leaves {
			for language, before := range languages {
				name := func(how string) string {
					return filepath.Join(folder, fmt.Sprintf("%s-%s-%s.png", strings.ReplaceAll(l.name, " ", "_"), language, how))
				}
				for view, how := range map[string]string{"": "light", "big": "big", "contrast": "contrast"} {
					v.arrive(before, l, view)
					for _, width := range []int64{1280, 390} {
						v.size(width)
						v.picture(name(fmt.Sprintf("%d-%s", width, how)), 0, 0)
						if view == "" {
							v.scheme("dark")
							v.picture(name(fmt.Sprintf("%d-dark", width)), 0, 0)
							v.scheme("light")
						}
					}
				}
				v.arrive(before, l, "")
				if err := os.WriteFile(strings.TrimSuffix(name("paper"), ".png")+".pdf", v.printed(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
