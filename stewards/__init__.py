"""Cultural stewards, the firms that send them, and where they are posted."""
