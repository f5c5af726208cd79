//! Ports of this machine.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use anyhow::{Context, Result, bail};

/// Where a server on this machine answers: by number, since `localhost` may lead to
/// another program on the other address family.
pub fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// An error where somebody listens on a port already; `option` is what chooses another.
pub fn check_port(port: u16, option: &str) -> Result<()> {
    let addresses = [
        SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        SocketAddr::from((Ipv6Addr::LOCALHOST, port)),
    ];
    for address in addresses {
        if let Err(error) = TcpListener::bind(address)
            && error.kind() == ErrorKind::AddrInUse
        {
            let other = port.checked_add(1).unwrap_or(7007);
            bail!(
                "port {port} is taken; stop the program that listens there \
                 (perhaps another portal), or choose another port: {option} {other}"
            );
        }
    }
    Ok(())
}

/// A port that nobody listens on now.
pub fn free_port() -> Result<u16> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("cannot find a free port")?;
    Ok(listener
        .local_addr()
        .context("cannot find a free port")?
        .port())
}
