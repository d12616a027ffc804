"""Texts of the demonstration, French beside English, a file per subject. Facts from TERRITORY's sources, dated."""
