package transcript

import "parley"

// content are the words for what a message carries. They are those of the screen.
type content struct {
	kinds, notes, whys, fields map[string]string
	sources                    map[string]string // of a referral: a network's code, in small letters
	fates                      map[parley.DeliveryState]string
	revoked, edited, late      string
	erased                     string // what stands where words were erased
	forwarded, often           string
	colon                      string
}

var englishContent = content{
	kinds: map[string]string{
		"image":    "Picture",
		"video":    "Video",
		"audio":    "Sound",
		"voice":    "Voice message",
		"document": "Document",
		"sticker":  "Sticker",
		"location": "Place",
		"contacts": "Contact",
		"form":     "Form",
		"order":    "Order",
		"referral": "Came from an advertisement",
		"story":    "Answer to a story",
		"mention":  "Mentioned us in a story",
	},
	notes: map[string]string{
		"attachment_not_supported": "Attachment not supported here. It was not kept.",
		"attachment_unavailable":   "The attachment can no longer be had from the network.",
		"encrypted":                "This message is encrypted; we cannot read it.",
		"identity_changed":         "The customer's phone or app changed. Make sure it is still them.",
		"edited_after_end":         "Changed after the conversation had ended.",
		"group":                    "This was written in a group. Groups are not answered here.",
		"unsupported":              "The network does not pass this kind of message on.",
	},
	whys: map[string]string{
		"expired":         "The network has deleted the file.",
		"too_large":       "The file is too large to be kept.",
		"too_many_pixels": "The picture is too large to be opened safely.",
		"broken":          "This picture cannot be read. The file is damaged.",
		"hash_mismatch":   "The file arrived damaged.",
		"not_allowed":     "Files of this kind are not kept.",
		"unreachable":     "The file could not be fetched.",
		"other":           "The file is not here.",
	},
	fields: map[string]string{
		"reason":      "Reason",
		"headline":    "Headline",
		"title":       "Title",
		"body":        "Text",
		"text":        "Text",
		"url":         "Address",
		"source_url":  "Address",
		"source_type": "Source",
		"source_id":   "Source ID",
		"ref":         "Reference",
		"product":     "Product",
		"response":    "Answer",
	},
	sources: map[string]string{"ad": "Advertisement", "ads": "Advertisement", "post": "Post"},
	fates: map[parley.DeliveryState]string{
		parley.DeliveryFailed: "Not sent", parley.DeliveryUnconfirmed: "Unconfirmed",
	},
	erased:  parley.Erased,
	revoked: "Taken back", edited: "Before it was edited", late: "Written on %s",
	forwarded: "Forwarded", often: "Forwarded many times",
	colon: ": ",
}

var frenchContent = content{
	kinds: map[string]string{
		"image":    "Image",
		"video":    "Vid\u00e9o",
		"audio":    "Son",
		"voice":    "Message vocal",
		"document": "Document",
		"sticker":  "Autocollant",
		"location": "Lieu",
		"contacts": "Contact",
		"form":     "Formulaire",
		"order":    "Commande",
		"referral": "Venu d\u2019une publicit\u00e9",
		"story":    "R\u00e9ponse \u00e0 une story",
		"mention":  "Nous a mentionn\u00e9s dans une story",
	},
	notes: map[string]string{
		"attachment_not_supported": "Pi\u00e8ce jointe non prise en charge ici. Elle n\u2019a pas \u00e9t\u00e9 conserv\u00e9e.",
		"attachment_unavailable":   "Le r\u00e9seau n\u2019a plus la pi\u00e8ce jointe.",
		"encrypted":                "Ce message est chiffr\u00e9, nous ne pouvons pas le lire.",
		"identity_changed":         "Le t\u00e9l\u00e9phone ou l\u2019application du client a chang\u00e9. Assurez-vous que c\u2019est bien lui.",
		"edited_after_end":         "Modifi\u00e9 apr\u00e8s la fin de la conversation.",
		"group":                    "\u00c9crit dans un groupe. On ne r\u00e9pond pas aux groupes ici.",
		"unsupported":              "Le r\u00e9seau ne transmet pas ce genre de message.",
	},
	whys: map[string]string{
		"expired":         "Le r\u00e9seau a supprim\u00e9 le fichier.",
		"too_large":       "Le fichier est trop gros pour \u00eatre conserv\u00e9.",
		"too_many_pixels": "L\u2019image est trop grande pour \u00eatre ouverte sans risque.",
		"broken":          "Cette image est illisible. Le fichier est endommag\u00e9.",
		"hash_mismatch":   "Le fichier est arriv\u00e9 endommag\u00e9.",
		"not_allowed":     "Les fichiers de ce type ne sont pas conserv\u00e9s.",
		"unreachable":     "Le fichier n\u2019a pas pu \u00eatre r\u00e9cup\u00e9r\u00e9.",
		"other":           "Le fichier n\u2019est pas ici.",
	},
	fields: map[string]string{
		"reason":      "Raison",
		"headline":    "Titre",
		"title":       "Titre",
		"body":        "Texte",
		"text":        "Texte",
		"url":         "Adresse",
		"source_url":  "Adresse",
		"source_type": "Source",
		"source_id":   "Num\u00e9ro de la source",
		"ref":         "R\u00e9f\u00e9rence",
		"product":     "Produit",
		"response":    "R\u00e9ponse",
	},
	sources: map[string]string{"ad": "Publicit\u00e9", "ads": "Publicit\u00e9", "post": "Publication"},
	fates: map[parley.DeliveryState]string{
		parley.DeliveryFailed: "Non envoy\u00e9", parley.DeliveryUnconfirmed: "Non confirm\u00e9",
	},
	erased:  "[effac\u00e9]",
	revoked: "Retir\u00e9", edited: "Avant la modification", late: "\u00c9crit le %s",
	forwarded: "Transf\u00e9r\u00e9", often: "Transf\u00e9r\u00e9 de nombreuses fois",
	colon: "\u00a0: ",
}
