package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"parley"
)

// APIKey is a key a program signs its requests with.
type APIKey struct {
	ID        string // key_
	Name      string
	Hash      string
	Scopes    []parley.Permission
	CreatedBy parley.AgentID
	CreatedAt time.Time
	UsedAt    time.Time
	RevokedAt time.Time
}

const apiKeyColumns = `
		SELECT id, name, key_hash, scopes, created_by, created_at, used_at, revoked_at
		FROM api_keys`

// APIKeys returns all keys, also revoked ones, the newest first.
func (v View) APIKeys(ctx context.Context) ([]APIKey, error) {
	return list(ctx, v, scanAPIKey, apiKeyColumns+`
		ORDER BY created_at DESC, id DESC`)
}

// APIKey returns one. Errors: parley.ErrNotFound.
func (v View) APIKey(ctx context.Context, id string) (APIKey, error) {
	return one(ctx, v, scanAPIKey, apiKeyColumns+`
		WHERE id = $1`, id)
}

// APIKeyOf returns the key of a hash. Errors: parley.ErrNotFound.
func (v View) APIKeyOf(ctx context.Context, hash string) (APIKey, error) {
	return one(ctx, v, scanAPIKey, apiKeyColumns+`
		WHERE key_hash = $1`, hash)
}

func scanAPIKey(rows *sql.Rows) (APIKey, error) {
	var k APIKey
	var scopes string
	var created, used, revoked int64
	if err := rows.Scan(&k.ID, &k.Name, &k.Hash, &scopes, &k.CreatedBy, &created, &used, &revoked); err != nil {
		return k, err
	}
	k.CreatedAt, k.UsedAt, k.RevokedAt = parley.FromMillis(created), parley.FromMillis(used), parley.FromMillis(revoked)
	if err := json.Unmarshal([]byte(scopes), &k.Scopes); err != nil {
		return k, fmt.Errorf("scopes of %s: %w", k.ID, err)
	}
	return k, nil
}

// SaveAPIKey adds a key, or lists when it was used and revoked.
func (r *Rows) SaveAPIKey(k APIKey) {
	r.Exec(`
		INSERT INTO api_keys (id, name, key_hash, scopes, created_by, created_at, used_at, revoked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE
		SET used_at = excluded.used_at, revoked_at = excluded.revoked_at`,
		k.ID, k.Name, k.Hash, string(mustJSON(k.Scopes)), k.CreatedBy, ms(k.CreatedAt), ms(k.UsedAt), ms(k.RevokedAt))
}
