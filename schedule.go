package parley

import "time"

// Schedule is weekly opening hours in one time zone. No interval at all means
// always open.
//
// Source: SCR-06.
type Schedule struct {
	Zone  string     `json:"zone"` // IANA: America/Toronto
	Hours []Interval `json:"hours"`
}

// Interval is one open stretch of a weekday.
type Interval struct {
	Day  time.Weekday `json:"day"`  // 0 = Sunday
	From int          `json:"from"` // minutes from midnight, inclusive
	To   int          `json:"to"`   // minutes from midnight, exclusive; at most 1440
}

// Open reports whether the schedule is open at t. A wrong zone counts as UTC;
// settings are checked before they are saved.
func (s Schedule) Open(t time.Time) bool {
	if len(s.Hours) == 0 {
		return true
	}
	local := t.In(s.zone())
	minute := local.Hour()*60 + local.Minute()
	for _, i := range s.Hours {
		if i.Day == local.Weekday() && i.From <= minute && minute < i.To {
			return true
		}
	}
	return false
}

// Opens returns when the schedule opens next after t, the zero time if never.
// It looks at wall-clock minutes, so a day of 23 or 25 hours is right.
func (s Schedule) Opens(t time.Time) time.Time {
	zone := s.zone()
	local := t.In(zone)
	var next time.Time
	for day := range 8 {
		for _, i := range s.Hours {
			at := time.Date(local.Year(), local.Month(), local.Day()+day, i.From/60, i.From%60, 0, 0, zone)
			if at.Weekday() == i.Day && at.After(t) && (next.IsZero() || at.Before(next)) {
				next = at
			}
		}
	}
	return next.UTC()
}

func (s Schedule) zone() *time.Location {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}
