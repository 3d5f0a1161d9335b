/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The types of objects: HubSpot's own and this portal's custom ones. */
#include "types.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "portal.h"

#define MANY 40
#define HANDFUL 9
#define MANY_RECORDS 250
#define FEW_RECORDS 12

struct standard {
	const char *name, *singular, *id, *label, *labels;
	uint64_t base; /* 0: one that nobody looks at */
};

/* Some bases make ids that pass from three digits to four, others ids past
 * 2^32: sorting them as text or keeping them in 32 bits shows. */
static const struct standard standard[] = {
    {"companies", "company", "0-2", "Company", "Companies", 101},
    {"contacts", "contact", "0-1", "Contact", "Contacts", 12675602284},
    {"deals", "deal", "0-3", "Deal", "Deals", 5000000003},
    {"tickets", "ticket", "0-5", "Ticket", "Tickets", 701},
    {"products", "product", "0-7", "Product", "Products", 99000},
    {"quotes", "quote", "0-14", "Quote", "Quotes", 3000000001},
    {"line_items", "line_item", "0-8", "Line item", "Line items", 8100000000},
    {"invoices", "invoice", "0-53", "Invoice", "Invoices", 0},
    {"subscriptions", "subscription", "0-69", "Subscription", "Subscriptions",
	0},
    {"orders", "order", "0-123", "Order", "Orders", 0},
    {"carts", "cart", "0-142", "Cart", "Carts", 0},
    {"leads", "lead", "0-136", "Lead", "Leads", 0},
    {"calls", "call", "0-48", "Call", "Calls", 0},
    {"emails", "email", "0-49", "Email", "Emails", 0},
    {"meetings", "meeting_event", "0-47", "Meeting", "Meetings", 0},
    {"notes", "note", "0-46", "Note", "Notes", 0},
    {"tasks", "task", "0-27", "Task", "Tasks", 0},
    {"communications", "communication", "0-18", "Communication",
	"Communications", 0},
    {"postal_mail", "postal_mail_piece", "0-116", "Postal mail", "Postal mail",
	0},
    {"feedback_submissions", "feedback_submission", "0-19",
	"Feedback submission", "Feedback submissions", 0},
    {"goal_targets", "goal_target", "0-74", "Goal", "Goals", 0},
    {"users", "user", "0-115", "User", "Users", 0},
    {"appointments", "appointment", "0-421", "Appointment", "Appointments", 0},
    {"courses", "course", "0-410", "Course", "Courses", 0},
    {"listings", "listing", "0-420", "Listing", "Listings", 0},
    {"services", "service", "0-162", "Service", "Services", 0},
    {"projects", "project", "0-970", "Project", "Projects", 0},
    {"discounts", "discount", "0-84", "Discount", "Discounts", 0},
    {"fees", "fee", "0-85", "Fee", "Fees", 0},
    {"taxes", "tax", "0-86", "Tax", "Taxes", 0},
    {"commerce_payments", "commerce_payment", "0-101", "Payment", "Payments",
	0},
    {"contracts", "contract", "0-721", "Contract", "Contracts", 0},
    {"marketing_events", "marketing_event", "0-54", "Marketing event",
	"Marketing events", 0},
    {"partner_clients", "partner_client", "0-145", "Client", "Clients", 0},
    {"partner_services", "partner_service", "0-147", "Service", "Services", 0},
};

#define NSTANDARD (sizeof(standard) / sizeof(standard[0]))

void
types_add_standard(struct portal *p)
{
	for (size_t i = 0; i < NSTANDARD; i++) {
		const struct standard *s = &standard[i];
		struct type *t = &p->types[p->ntypes++];
		t->name = strdup(s->name);
		t->singular = strdup(s->singular);
		t->id = strdup(s->id);
		t->label = strdup(s->label);
		t->labels = strdup(s->labels);
		t->many = i < 6;
		t->nprops = t->many ? MANY : HANDFUL;
		t->count = t->many ? MANY_RECORDS : FEW_RECORDS;
		t->base = 20000000000 + i * UINT64_C(1000000000);
		if (s->base)
			t->base = s->base;
	}
}

struct type *
types_add(struct portal *p, const char *name, const char *id, const char *label,
    const char *labels, size_t count)
{
	if (p->ntypes == TYPES_MAX)
		return NULL;
	struct type *t = &p->types[p->ntypes];
	char qualified[256];
	snprintf(qualified, sizeof(qualified), "p%d_%s", PORTAL_ID, name);
	t->name = strdup(name);
	t->singular = strdup(name);
	t->id = strdup(id);
	t->qualified = strdup(qualified);
	t->label = strdup(label);
	t->labels = strdup(labels);
	t->custom = true;
	t->nprops = 14;
	t->count = count;
	t->base = 60000000000 + p->ntypes++ * 1000000000;
	return t;
}

/* invoices has a standard namesake; credentialing's plural isn't its name
 * with an s; the two vehicles differ by case only and share a plural. */
void
types_add_custom(struct portal *p)
{
	types_add(p, "invoices", "2-1001", "Invoice", "Invoices", MANY_RECORDS);
	types_add(p, "credentialing", "2-30931773", "Credential", "Credentials",
	    FEW_RECORDS);
	types_add(p, "Vehicle", "2-2001", "Vehicle", "Fleet", FEW_RECORDS);
	types_add(p, "VEHICLE", "2-2002", "Car", "Fleet", FEW_RECORDS);
}
