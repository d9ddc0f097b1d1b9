package channel

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"strings"

	"parley"
)

// Form is a multipart form with one file, as networks take uploads.
type Form struct {
	Fields [][2]string // name and value, in order
	Name   string      // the field of the file
	File   *parley.OutFile
}

// Encode returns the form's body and its content type.
func (f Form) Encode() (body []byte, contentType string, err error) {
	var out bytes.Buffer
	form := multipart.NewWriter(&out)
	for _, field := range f.Fields {
		if err := form.WriteField(field[0], field[1]); err != nil {
			return nil, "", fmt.Errorf("write field %s: %w", field[0], err)
		}
	}
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf(`form-data; name="%s"; filename="%s"`, f.Name, fileName(f.File.Name))},
		"Content-Type":        {fileType(f.File.Type)},
	})
	if err == nil {
		_, err = part.Write(f.File.Data)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return nil, "", fmt.Errorf("write file: %w", err)
	}
	return out.Bytes(), form.FormDataContentType(), nil
}

// fileName takes out what would end the header the name stands in.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == '"' || r == '\\' || r == 0x7f {
			return '_'
		}
		return r
	}, name)
	if name == "" {
		return "file"
	}
	return name
}

func fileType(t string) string {
	if t == "" || strings.ContainsAny(t, "\r\n") {
		return "application/octet-stream"
	}
	return t
}
