"""How fast govbudget is（速度）, as ratios within one run, so that they mean the same on any machine."""
