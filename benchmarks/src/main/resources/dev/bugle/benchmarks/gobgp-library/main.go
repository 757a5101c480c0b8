// A BGP speaker made of GoBGP as a library, which announces and withdraws one prefix as it is told
// on standard input. For each withdrawal it prints when it began: nanoseconds of CLOCK_MONOTONIC,
// which is what System.nanoTime() of a JVM on Linux reads.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strconv"

	api "github.com/osrg/gobgp/v3/api"
	"github.com/osrg/gobgp/v3/pkg/server"
	"golang.org/x/sys/unix"
	"google.golang.org/protobuf/types/known/anypb"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func number(text string) uint32 {
	value, err := strconv.ParseUint(text, 10, 32)
	must(err)
	return uint32(value)
}

func main() {
	if len(os.Args) != 6 {
		fmt.Fprintln(os.Stderr, "arguments: AS PORT NEIGHBOUR NEIGHBOUR-AS ADDRESS")
		os.Exit(2)
	}
	speaker := server.NewBgpServer()
	go speaker.Serve()
	ctx := context.Background()
	must(speaker.StartBgp(ctx, &api.StartBgpRequest{Global: &api.Global{
		Asn: number(os.Args[1]), RouterId: "192.0.2.4",
		ListenPort: int32(number(os.Args[2])), ListenAddresses: []string{"127.0.0.1"},
	}}))
	must(speaker.AddPeer(ctx, &api.AddPeerRequest{Peer: &api.Peer{
		Conf:      &api.PeerConf{NeighborAddress: os.Args[3], PeerAsn: number(os.Args[4])},
		Transport: &api.Transport{PassiveMode: true},
	}}))
	family := &api.Family{Afi: api.Family_AFI_IP, Safi: api.Family_SAFI_UNICAST}
	nlri, err := anypb.New(&api.IPAddressPrefix{Prefix: os.Args[5], PrefixLen: 32})
	must(err)
	origin, err := anypb.New(&api.OriginAttribute{Origin: 0})
	must(err)
	nextHop, err := anypb.New(&api.NextHopAttribute{NextHop: "127.0.0.1"})
	must(err)
	path := &api.Path{Family: family, Nlri: nlri, Pattrs: []*anypb.Any{origin, nextHop}}

	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		switch orders.Text() {
		case "announce":
			_, err := speaker.AddPath(ctx, &api.AddPathRequest{Path: path})
			must(err)
		case "withdraw":
			var began unix.Timespec
			must(unix.ClockGettime(unix.CLOCK_MONOTONIC, &began))
			must(speaker.DeletePath(ctx, &api.DeletePathRequest{Family: family, Path: path}))
			fmt.Println(began.Nano())
		default:
			must(fmt.Errorf("no such order: %q", orders.Text()))
		}
	}
}
