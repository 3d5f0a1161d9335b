#!/bin/sh
# Builds a Debian package of HEAD in $BUILD/deb with dpkg-buildpackage (needs
# dpkg-dev and debhelper): `make deb`.
set -eu
version=$1
dir=$BUILD/deb/hs-tools-$version
rm -rf "$BUILD/deb"
mkdir -p "$dir/debian/source"
git archive HEAD | tar -x -C "$dir"

cat >"$dir/debian/control" <<C
Source: hs-tools
Section: utils
Priority: optional
Maintainer: the hs-tools authors <hs-tools@example.org>
Build-Depends: debhelper-compat (= 13), libcurl4-openssl-dev | libcurl-dev,
 libcjson-dev, libyaml-dev
Standards-Version: 4.6.2
Rules-Requires-Root: no

Package: hs-tools
Architecture: any
Depends: \${shlibs:Depends}, \${misc:Depends}
Description: HubSpot CRM data into tables, through pipes
 Five filters that bring the records of a HubSpot portal, with all properties
 and associations, into CSV tables as full snapshots. A table is replaced
 whole or not at all.
C
cat >"$dir/debian/changelog" <<C
hs-tools ($version) unstable; urgency=medium

  * Built from the source tree.

 -- the hs-tools authors <hs-tools@example.org>  $(git log -1 --format=%aD)
C
# The tests need the stand-in and a quiet machine; `make check` runs them.
printf '%b' '#!/usr/bin/make -f\n%:\n\tdh $@\n' \
	'override_dh_auto_test:\n' \
	'override_dh_auto_install:\n\t$(MAKE) install PREFIX=/usr' \
	' DESTDIR=$(CURDIR)/debian/hs-tools\n' >"$dir/debian/rules"
chmod +x "$dir/debian/rules"
echo '3.0 (native)' >"$dir/debian/source/format"
cp LICENSE "$dir/debian/copyright"
(cd "$dir" && dpkg-buildpackage -us -uc -b)
ls "$BUILD"/deb/*.deb
