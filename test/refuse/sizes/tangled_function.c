/* expect: pick has a complexity of 21; at most 20: split its decisions */
int pick(int x)
{
	if (x == 0) return 0;
	if (x == 1) return 2;
	if (x == 2) return 4;
	if (x == 3) return 6;
	if (x == 4) return 8;
	if (x == 5) return 10;
	if (x == 6) return 12;
	if (x == 7) return 14;
	if (x == 8) return 16;
	if (x == 9) return 18;
	if (x == 10) return 20;
	if (x == 11) return 22;
	if (x == 12) return 24;
	if (x == 13) return 26;
	if (x == 14) return 28;
	if (x == 15) return 30;
	if (x == 16) return 32;
	if (x == 17) return 34;
	if (x == 18) return 36;
	if (x == 19) return 38;
	return x;
}
