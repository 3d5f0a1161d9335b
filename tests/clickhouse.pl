# A server that answers statements by rules: the first line of FILE whose
# pattern matches counts, "PATTERN => STATUS ANSWER", and where none does the
# answer is empty.  It writes its port to standard output, and each statement's settings
# and first line to LOG, the headers to LOG.heads.
#
#	perl clickhouse.pl FILE LOG
use strict;
use warnings;
use IO::Socket::INET;

my ($file, $log) = @ARGV;
my $server = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1');
$| = 1;
print $server->sockport, "\n";
open my $out, '>>', $log or die "$log: $!";
$out->autoflush(1);
open my $heads, '>', "$log.heads" or die "$log.heads: $!";
$heads->autoflush(1);

sub body {
	my ($client, $head) = @_;
	my ($text, $part) = ('', '');
	if ($head =~ /^Content-Length: (\d+)/mi) {
		read $client, $text, $1;
		return $text;
	}
	while (defined(my $size = <$client>)) {
		read $client, $part, hex($size =~ s/\s+//r) + 2;
		last if length $part <= 2;
		$text .= substr $part, 0, -2;
	}
	return $text;
}

sub answer {
	my ($sql) = @_;
	open my $rules, '<', $file or die "$file: $!";
	while (<$rules>) {
		chomp;
		my ($pattern, $status, $said) = /^(.*) => (\d+) (.*)/;
		next unless $sql =~ /$pattern/;
		$said =~ s/\\t/\t/g;
		$said =~ s/\\n/\n/g;
		return ($status, $said);
	}
	return (200, '');
}

while (my $client = $server->accept) {
	while (defined(my $first = <$client>)) {
		my $head = '';
		while (defined(my $line = <$client>)) {
			last if $line eq "\r\n";
			$head .= $line;
		}
		my $sql = body($client, $head);
		my ($query) = $first =~ /\?(\S*)/;
		print $out $query, ' ', $sql =~ /^(.*)/, "\n";
		print $heads $head;
		my ($status, $said) = answer($sql);
		my ($where) = $status =~ /^3/ ? "Location: $said\r\n" : '';
		print $client "HTTP/1.1 $status x\r\n${where}Content-Length: ",
		    length $said, "\r\n\r\n", $said;
	}
}
