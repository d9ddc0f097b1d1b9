package conformance

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"
)

// show turns v into what want.json holds: every exported field under its Go
// name, nothing that is zero, times as text, bytes as text.
func show(v any) any { return plain(reflect.ValueOf(v)) }

func plain(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	switch x := v.Interface().(type) {
	case time.Time:
		return x.UTC().Format("2006-01-02T15:04:05.000Z")
	case time.Duration:
		return x.String()
	case []byte:
		return string(x)
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return plain(v.Elem())
	case reflect.Struct:
		out := map[string]any{}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && !v.Field(i).IsZero() {
				out[v.Type().Field(i).Name] = plain(v.Field(i))
			}
		}
		return out
	case reflect.Slice, reflect.Array:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = plain(v.Index(i))
		}
		return out
	case reflect.Map:
		out := map[string]any{}
		for _, key := range v.MapKeys() {
			out[fmt.Sprint(key.Interface())] = plain(v.MapIndex(key))
		}
		return out
	default:
		return v.Interface()
	}
}

// pretty is v as want.json is written.
func pretty(v any) string {
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(out)
}
